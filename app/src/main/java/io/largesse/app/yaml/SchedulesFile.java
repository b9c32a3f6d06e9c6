package io.largesse.app.yaml;

import io.largesse.coupons.Misfire;
import io.largesse.coupons.Overlap;
import io.largesse.coupons.ScheduleDraft;
import java.nio.file.Path;
import java.util.List;

/** Schedules as people write them; {@code samples/schedules} shows every key. */
public final class SchedulesFile {

    private SchedulesFile() {}

    /** Refused with key, line and remedy if it is not a list of schedules. */
    public static List<ScheduleDraft> read(Path file) {
        return parse(YamlFile.content(file), file);
    }

    static List<ScheduleDraft> parse(String content, Object name) {
        var keys = YamlFile.parse(content, name);
        var drafts = keys.maps("schedules").stream().map(SchedulesFile::draft).toList();
        keys.refuseOthers();
        return drafts;
    }

    private static ScheduleDraft draft(YamlMap keys) {
        var misfire = keys.optionalText("misfire");
        var overlap = keys.optionalText("overlap");
        var draft = new ScheduleDraft(
                keys.text("name").value(),
                keys.text("job").value(),
                keys.texts("parameters"),
                keys.text("cron").value(),
                keys.text("zone").zone(),
                misfire == null ? Misfire.ONCE : misfire.oneOf(Misfire.class),
                overlap == null ? Overlap.QUEUE : overlap.oneOf(Overlap.class));
        keys.refuseOthers();
        return draft;
    }
}
