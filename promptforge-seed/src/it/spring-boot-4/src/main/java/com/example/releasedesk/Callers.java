package com.example.releasedesk;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.server.ResponseStatusException;

/** Gives each request the tenant of its caller, with what the caller may do: a user with a password, or a service with an API key. */
@Component
class Callers implements HandlerMethodArgumentResolver {
    private final PromptForge forge;

    Callers(PromptForge forge) {
        this.forge = forge;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Tenant.class;
    }

    @Override
    public Tenant resolveArgument(
            MethodParameter parameter,
            ModelAndViewContainer container,
            NativeWebRequest request,
            WebDataBinderFactory binders) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .map(authorization -> authorization.split(" ", 2))
                .filter(words -> words.length == 2)
                .flatMap(words -> switch (words[0]) {
                    case "Bearer" -> forge.authenticate(words[1]);
                    case "Basic" -> login(new String(Base64.getMimeDecoder().decode(words[1]), StandardCharsets.UTF_8));
                    default -> Optional.empty();
                })
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.UNAUTHORIZED));
    }

    private Optional<Tenant> login(String credentials) {
        String[] emailAndPassword = credentials.split(":", 2);
        return emailAndPassword.length < 2 || emailAndPassword[0].isBlank()
                ? Optional.empty()
                : forge.login(emailAndPassword[0], emailAndPassword[1])
                        .map(user -> forge.tenant(user.organizationId()).actingAs(user.id()));
    }
}
