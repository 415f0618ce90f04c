"""Any Hugging Face folder -> scores with intervals, and comparisons of two of them on the same items."""
