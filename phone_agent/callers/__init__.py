"""Who calls, and what proves it: numbers, PINs, a page's visit, the code of a lost cart."""
