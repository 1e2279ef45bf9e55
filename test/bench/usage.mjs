// Preloaded (`node --import`) into a measured process: leaves what it used where USAGE_FILE says.
import { writeFileSync } from "node:fs";
import process from "node:process";

process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  const { maxRSS } = process.resourceUsage();
  writeFileSync(process.env.USAGE_FILE, JSON.stringify({ cpu: (user + system) / 1000, memory: maxRSS / 1024 }));
});
