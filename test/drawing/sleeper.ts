// In the place of what draws: comes to no end.
for (;;);
