"""Other people's services as this program asks them: LiveKit, Twilio, and the certificates that are trusted."""
