import { describe, expect, test } from "vitest";
import { isComplaint } from "../../src/cases/complaint.ts";

describe("a complaint in words", () => {
  test.each([
    "I want to complain about my last invoice",
    "This is a complaint.",
    "How do I make a formal complaint?",
    "That is simply UNACCEPTABLE",
    "I’d like to talk to your manager",
    "the worst customer support I have ever had",
    "Terrible service, really",
    "Хочу пожаловаться на вашего сотрудника",
    "Это неприемлемо!",
    "Ужасная поддержка, жду неделю",
    "Буду подавать, точнее хочу подать жалобу",
    "我要投诉你们",
    "你们的服务太差了",
    "我想要投訴",
    "這樣的服務實在太差，無法接受",
    "忍无可忍",
  ])("is found: %s", (text) => {
    expect(isComplaint(text)).toBe(true);
  });

  test.each([
    "",
    "No complaint from my side",
    "I can't complain, all good",
    "It was not unacceptable, just slow",
    "I don't want to complain, but a dark mode would be nice",
    "My customers send me complaints about parcels; can your tool sort them?",
    "Thanks, the terrible bug is gone",
    "The service was fine, the weather terrible",
    "Жалоб нет, всё хорошо",
    "Я не хочу пожаловаться, просто вопрос",
    "Это не жалоба",
    "服务不差",
    "我不想投诉，只是问一下",
    "没有投诉",
    "3",
  ])("is not read into: %s", (text) => {
    expect(isComplaint(text)).toBe(false);
  });
});
