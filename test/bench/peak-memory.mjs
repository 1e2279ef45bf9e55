// Preloaded (`node --import`) into a measured process: leaves its peak memory, in kilobytes, where PEAK_MEMORY_FILE says.
import { writeFileSync } from "node:fs";
import process from "node:process";

process.on("exit", () => writeFileSync(process.env.PEAK_MEMORY_FILE, String(process.resourceUsage().maxRSS)));
