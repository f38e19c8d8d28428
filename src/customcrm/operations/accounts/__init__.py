"""Who may look: people, passwords, sessions, invitations."""
