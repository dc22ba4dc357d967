"""What must survive hours of misfortune, done in minutes and counted."""
