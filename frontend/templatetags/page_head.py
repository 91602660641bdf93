from __future__ import annotations

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context

register = template.Library()


class KeptNode(Node):
    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        context[self.name] = self.nodelist.render(context)
        return ""


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """What a block holds, to say it more than once: `{% kept as title %}{% block title %}…{% endblock %}{% endkept %}`.

    Raises TemplateSyntaxError when it is written in any other way.
    """
    words = token.split_contents()
    if len(words) != 3 or words[1] != "as":
        raise template.TemplateSyntaxError("Write {% kept as name %}.")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(words[2], nodelist)
