"""What finds the intent of a message. Each learns in one process and is asked in another, in a folder of its own."""
