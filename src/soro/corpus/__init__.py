"""Files of text in, clean and deduplicated documents out, everything dropped kept aside with its reason."""
