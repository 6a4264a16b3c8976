"""Which page numbers a long list offers."""

PAGES_AROUND = 2


def page_numbers(here: int, last: int) -> list[int]:
    """The first, the last and those around this one; 0 stands for a gap."""
    near = range(here - PAGES_AROUND, here + PAGES_AROUND + 1)
    numbers = sorted({1, last, *(number for number in near if 1 <= number <= last)})
    gapped: list[int] = []
    for number in numbers:
        if gapped and number - gapped[-1] > 1:
            gapped.append(0)
        gapped.append(number)
    return gapped
