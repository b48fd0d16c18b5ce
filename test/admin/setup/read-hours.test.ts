import { expect, test } from "vitest";
import { readHolidays, readHours, readZone } from "../../../src/admin/setup/read-hours.ts";

test("hours are read as people write them", () => {
  const wanted = { from: "09:00", to: "17:30" };
  for (const text of [
    "09:00–17:30",
    "9-17:30",
    "9:00 - 17.30",
    "９：００～１７：３０",
    "9h to 17h30",
    "9:00 до 17:30",
    "9:00到17:30",
  ])
    expect(readHours(text), text).toEqual(wanted);
});

test("what is no stretch of a day is none", () => {
  for (const text of [
    "25:99",
    "25:99–26:00",
    "17:00–09:00",
    "09:00",
    "",
    "9:00–9:00",
    "a–b",
    "\u0000",
    "–",
    "9:60-10",
    "🕘–🕔",
  ])
    expect(readHours(text), text).toBeUndefined();
});

test("a zone is read by its name or its city, and the nearest is told for another word", () => {
  expect(readZone(" europe/berlin ")).toEqual({ zone: "Europe/Berlin" });
  expect(readZone("New York")).toEqual({ zone: "America/New_York" });
  expect(readZone("UTC")).toEqual({ zone: "UTC" });
  expect(readZone("Europ/Berlin")).toEqual({ near: "Europe/Berlin" });
  expect(readZone("Berlim")).toEqual({ near: "Europe/Berlin" });
  for (const text of ["", "🦀🦀🦀🦀🦀🦀🦀", "x".repeat(5000), "../../etc/passwd", "Moon/Base"])
    expect(readZone(text), text).not.toHaveProperty("zone");
});

test("holidays are days of a year, or of every year", () => {
  expect(readHolidays("2026-12-24, 12-25；2-29")).toEqual(["02-29", "12-25", "2026-12-24"]);
  expect(readHolidays("  ")).toEqual([]);
  for (const text of ["2026-02-30", "13-01", "Christmas", "2026-12", "12-25, junk", "2026-02-29"])
    expect(readHolidays(text), text).toBeUndefined();
});
