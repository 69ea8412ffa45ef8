# one mistake in what all reports stand on is one mistake
sed -i 's/"statutory": true/"statutory": yes/' in/profiles/example-2024.json
