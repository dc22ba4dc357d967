"""Everything we say."""
