"""The demonstration: what a newcomer finds in the portal. Our own words, invented figures, the same each time."""
