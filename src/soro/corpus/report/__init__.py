"""One HTML file that shows what came into a corpus, what went out and why. It needs no network and no script."""
