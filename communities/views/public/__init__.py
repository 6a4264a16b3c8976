"""What people do who have no account here."""
