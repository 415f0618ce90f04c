"""What every stage shares: artifact folders, recipes, errors, progress. No torch here."""
