"""The entry screen: tree of criteria, requirement cards with fields and live verdict, guidance and evidence."""
