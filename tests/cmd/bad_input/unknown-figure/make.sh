sed -i 's|summary/total/final}}|summary/totel/final}}|; s|{{facts/visitors/value}}|{{visitors}}|; s|{{table general|{{table genral|' in/departments/example/culture/2024/narrative.md
