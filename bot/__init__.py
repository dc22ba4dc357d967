"""The running service: everything that touches the outside world, except the database."""
