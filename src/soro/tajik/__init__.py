"""What is true of the Tajik language. A second language is one sibling of this package and its data. No torch here."""
