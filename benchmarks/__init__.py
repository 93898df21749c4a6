"""How fast jaclib is, side by side with what one would use instead. Run it: ``make bench``.

`problems` states each task once, for every library; `libraries` is the table of who solves it how; `timing` measures;
`growth` and `depth` follow the cost as the task grows; `report` and `figures` write what the book shows.
"""
