"""For visitors with an appointment: the pages behind the link in their confirmation."""
