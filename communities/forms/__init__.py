"""Forms of the studio and of the review desk, one file per noun."""
