"""What make_docs.py writes beside the pages of the catalogue: settings, manifests, figures of the README."""
