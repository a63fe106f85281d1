"""Services on the line beside ordering: another language, a message, a call when it is ready, news of it."""
