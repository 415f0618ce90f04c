"""Everything into the folder people download: the model, its cards, notices and checksums. No torch here."""
