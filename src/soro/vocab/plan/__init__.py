"""Before any training: what each size of the vocabulary would cost and give, in every size of Gemma 3."""
