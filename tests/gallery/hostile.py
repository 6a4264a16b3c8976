"""Query strings that no form of ours makes."""

HOSTILE = [
    "page=1000000000",
    "page=" + "9" * 4000,
    "page=-1",
    "q=%00",
    "q=%ff%fe&value=%00&kind=%ed%a0%80",
    "q=" + "%22" * 300,
    "q=" + "a" * 6000,
    "q=title%3A+AND+%28+NEAR%2F2+%2A+-%22",
    "q=x&q=y&q=z&sort=a&sort=b&page=1&page=x",
    "&".join("value=play" for _ in range(500)),
    "&".join(f"topic={n}" for n in range(800)),
    "sort=-id&sort[]=1&__class__=1&value__in=1&pk=1",
    "value[]=play&value=play%20&value=PLAY",
    "q=%F0%9F%99%82%E2%80%AE&match=ALL",
    "====&&&&;;;;%%%",
]
