"""What runs in the page of the book, in the Python that the browser starts."""
