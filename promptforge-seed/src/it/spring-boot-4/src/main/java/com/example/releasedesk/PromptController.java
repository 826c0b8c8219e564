package com.example.releasedesk;

import io.promptforge.dao.Tenant;
import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.prompt.PromptMessage;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Each caller sees the own organization, and does what its role or its key may do. */
@RestController
class PromptController {
    private final ReleaseDesk desk;

    PromptController(ReleaseDesk desk) {
        this.desk = desk;
    }

    @GetMapping("/projects/{project}/prompts/{name}/{environment}")
    ResponseEntity<String> messages(
            Tenant tenant,
            @PathVariable UUID project,
            @PathVariable String name,
            @PathVariable String environment,
            @RequestParam Map<String, String> values) {
        return ResponseEntity.of(desk.live(tenant, project, name, environment)
                .map(live -> PromptMessage.toJson(live.render(values)).text()));
    }

    @PutMapping("/prompts/{prompt}/{environment}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void publish(
            Tenant tenant,
            @PathVariable UUID prompt,
            @PathVariable String environment,
            @RequestBody Release release) {
        desk.publish(tenant, prompt, release.version(), environment, release.reason());
    }

    record Release(int version, String reason) {}

    @ExceptionHandler
    ProblemDetail answer(AccessDeniedException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.FORBIDDEN, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail answer(NotFoundException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail answer(InvalidValueException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.getMessage());
    }
}
