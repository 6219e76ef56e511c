"""From a request to a reply: routes, arguments, pages of lists, the limit on credits, sign-in."""
