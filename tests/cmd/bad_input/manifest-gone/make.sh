cp -R site published
rm published/manifest.json
