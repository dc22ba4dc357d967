"""The rules: pure functions and frozen records, without input, output, clock or chance."""
