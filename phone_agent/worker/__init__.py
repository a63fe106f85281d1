"""The worker around its calls: a job becomes a Call, and what is due beside the calls is done."""
