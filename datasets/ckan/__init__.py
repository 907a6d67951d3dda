"""CKAN's shapes of a record: read what its portals give out (`packages`), write what they give out today (`records`)."""
