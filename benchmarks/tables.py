"""Tables in Markdown, for a report."""


def share(number: int, of: int) -> str:
    return f"{100 * number / of:.1f} %"


def as_markdown(title: str, head: list[str], rows: list[list[str]]) -> str:
    """A heading and a table, aligned so that it reads well in a terminal too."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    rule = ["-" * width for width in widths]
    lines = (
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (head, rule, *rows)
    )
    return "\n".join([f"## {title[0].upper()}{title[1:]}", "", *(f"| {line} |" for line in lines)])
