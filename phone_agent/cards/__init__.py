"""Cards: what a page shows of a call, as typed data with a version."""
