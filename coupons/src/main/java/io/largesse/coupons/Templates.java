package io.largesse.coupons;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The templates of this installation. */
@Component
public class Templates {

    private final TemplateMapper templates;
    private final AuditTrail audit;
    private final Clock clock;

    Templates(TemplateMapper templates, AuditTrail audit, Clock clock) {
        this.templates = templates;
        this.audit = audit;
        this.clock = clock;
    }

    /** Adds a template, or the next version if the name is known; id and version of the draft do not count. */
    @Transactional
    public Template create(Template draft, Actor by) {
        Names.require("template", draft.name());
        var id = templates.lock(draft.name(), clock.instant());
        var version = templates.lastVersion(id) + 1;
        var created = new Template(
                id, draft.name(), version, draft.title(), draft.description(), draft.benefit(), draft.limits());
        templates.insert(TemplateRow.of(created), clock.instant(), by.name());
        audit.record(by, "template.create", "template " + created.reference(), null, null);
        return created;
    }

    /** All versions of a template, newest first. Refused if there is none of this name. */
    public List<Template> versions(String name) {
        var rows = templates.versions(name);
        if (rows.isEmpty()) {
            throw RefusedException.of("coupons.template.unknown", name);
        }
        return rows.stream().map(TemplateRow::template).toList();
    }

    /** A template by reference: {@code ten-off} is its newest version, {@code ten-off@2} its second. */
    public Template find(String reference) {
        var at = reference.indexOf('@');
        var versions = versions(at < 0 ? reference : reference.substring(0, at));
        if (at < 0) {
            return versions.get(0);
        }
        var version = reference.substring(at + 1);
        return versions.stream()
                .filter(t -> String.valueOf(t.version()).equals(version))
                .findFirst()
                .orElseThrow(() -> RefusedException.of("coupons.template.unknown", reference));
    }

    Template of(Campaign campaign) {
        return Objects.requireNonNull(templates.find(campaign.templateId(), campaign.templateVersion()))
                .template();
    }
}
