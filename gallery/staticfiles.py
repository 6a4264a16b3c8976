"""Static files with content-hash names, and the stylesheet in one piece.

css/site.css stays a list of imports for whoever edits it; collecting it joins the files, so that a
page asks for one stylesheet instead of twenty.
"""

import re
from pathlib import Path, PurePosixPath

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLE = "css/site.css"
IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>[\w-]+)\);')
COMMENT = re.compile(r"/\*.*?\*/", re.S)


class BundledStaticStorage(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
    manifest_strict = True
    # Compressed copies beside the hashed names; the plain names are not served.
    keep_only_hashed_files = True

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run and BUNDLE in paths:
            source_storage, source_path = paths[BUNDLE]
            bundle = joined(Path(source_storage.path(source_path)))
            self.delete(BUNDLE)
            self._save(BUNDLE, ContentFile(bundle.encode()))
            paths = {**paths, BUNDLE: (self, BUNDLE)}
        yield from super().post_process(paths, dry_run=dry_run, **options)


def joined(stylesheet: Path) -> str:
    """The text of `stylesheet` with each layered import replaced by that layer's rules."""

    def inline(match):
        path = PurePosixPath(match["path"])
        text = (stylesheet.parent / path).read_text()
        if path.parent != PurePosixPath("."):
            text = text.replace('url("../../', 'url("../')
        return f"@layer {match['layer']} {{\n{COMMENT.sub('', text)}\n}}"

    return IMPORT.sub(inline, COMMENT.sub("", stylesheet.read_text()))
