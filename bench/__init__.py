"""Our cost against the floor, as ratios taken in one run."""
