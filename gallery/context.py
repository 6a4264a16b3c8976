from django.conf import settings


def site(request):
    """What every page may say of the site itself, and which theme the visitor chose."""
    theme = request.COOKIES.get("theme", "")
    return {
        "site_name": settings.SITE_NAME,
        "source_code_url": settings.SOURCE_CODE_URL,
        "theme": theme if theme in ("light", "dark") else "",
    }
