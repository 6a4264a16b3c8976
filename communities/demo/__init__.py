"""Believable content for a first look: forty designs, made through the site's own services."""
