"""What people's pages ask of the data, one file per noun; and the cards, which are made here."""
