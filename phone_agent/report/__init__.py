"""What became of a call: its turns and their stages, tools, events, usage and cost; kept, printed, drawn."""
