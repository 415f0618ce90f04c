import pytest

from soro.tajik.repair import repair


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("нон &amp; шир", "нон & шир"),
        ("нон&nbsp;&mdash; шир", "нон — шир"),
        ("&#1211;&#x4B3;", "һҳ"),
        ("мак&shyтаб ва мак&shy;таб", "мактаб ва мактаб"),
        ("&amp;amp;laquo;нон&amp;raquo;", "«нон»"),
        ("<p>Салом!</p><p>Хуш омадед!</p>", "Салом!\n\nХуш омадед!"),
        ('Ба дарс <i class="arrow"></i> гузаред', "Ба дарс гузаред"),
        ("Як<br>ду<br/>се", "Як\nду\nсе"),
        ("<table><tr><td>як</td><td>ду</td></tr></table>", "як ду"),
        ("Салом<!-- <b>пинҳон</b> -->!", "Салом!"),
        ("Салом<script type='a'>if (a < b) { c }</script>!", "Салом!"),
        ("Боғи Рӯдакӣ<sup>12</sup>", "Боғи Рӯдакӣ"),
        ("Масоҳат 5 м<sup>2</sup> аст.", "Масоҳат 5 м² аст."),
        ("В саду<sup>3</sup> тихо.", "В саду тихо."),
    ],
)
def test_remains_of_html_go_in_any_language(broken: str, whole: str) -> None:
    assert repair(broken) == whole


@pytest.mark.parametrize(
    "kept",
    [
        "57 > 52 ва 3 < 5",
        "if a<b and b>c: print(a)",
        "Хати нав бо «<br>» навишта мешавад.",
        "The tag `<b>` is bold, and `&nbsp;` is a space.",
        "```\n<p>Салом</p>\n```",
        "AT&T; R&D",
        "&notit;",
        "https://example.org/?a=1&copy=2&shy=3",
        "x <b y",
        "<иқтибос>",
    ],
)
def test_what_is_no_remain_stays(kept: str) -> None:
    assert repair(kept) == kept
