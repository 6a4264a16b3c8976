"""What is published, for programs to read: docs/api.md."""
